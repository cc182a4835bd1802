// Sends a call of the developers' console and tells what came back.
export async function send(method, path, body, type, most) {
  const url = new URL(path, document.baseURI);
  if (url.origin !== location.origin || !url.pathname.startsWith('/api/')) return { status: 0, title: '/api/ ?', milliseconds: 0, headers: '', body: '' };
  const key = document.getElementById('console-key')?.value.trim();
  const headers = {};
  if (body !== null) headers['Content-Type'] = type;
  if (key) headers['X-Api-Key'] = key;
  const began = performance.now();
  try {
    const answer = await fetch(url, { method, headers, body: body === null ? undefined : body, credentials: key ? 'omit' : 'same-origin', cache: 'no-store' });
    const text = await answer.text();
    return {
      status: answer.status,
      title: `${answer.status} ${answer.statusText}`.trim(),
      milliseconds: Math.round(performance.now() - began),
      headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
      body: readable(text).slice(0, most),
    };
  } catch (fault) {
    return { status: 0, title: String(fault.message ?? fault), milliseconds: Math.round(performance.now() - began), headers: '', body: '' };
  }
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
