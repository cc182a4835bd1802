// Runs ONNX models with onnxruntime: node run.js FOLDER. FOLDER/jobs.json lists the runs as
// [{model, inputs: [{name, type, dims, file}], outputs: [name]}]; output k of run i goes to FOLDER/i.k.bin as raw numbers,
// what is wrong with run i to FOLDER/i.error.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { InferenceSession, Tensor } = require('onnxruntime-node');

const arrays = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array };

function read(folder, input) {
  const bytes = fs.readFileSync(path.join(folder, input.file));
  const numbers = new arrays[input.type](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return new Tensor(input.type, numbers, input.dims);
}

async function run(folder, job, index) {
  try {
    const session = await InferenceSession.create(path.join(folder, job.model), { logSeverityLevel: 3 });
    const feeds = Object.fromEntries(job.inputs.map(input => [input.name, read(folder, input)]));
    const results = await session.run(feeds, job.outputs);
    job.outputs.forEach((name, k) => {
      const { data } = results[name];
      fs.writeFileSync(path.join(folder, `${index}.${k}.bin`), Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    });
  } catch (problem) {
    fs.writeFileSync(path.join(folder, `${index}.error`), String(problem.message ?? problem));
  }
}

(async () => {
  const folder = process.argv[2];
  const jobs = JSON.parse(fs.readFileSync(path.join(folder, 'jobs.json'), 'utf8'));
  for (let index = 0; index < jobs.length; index++) await run(folder, jobs[index], index);
})();
