#!/usr/bin/python3
"""The REST figures in one run: our server, the constant-answer ceiling and FastAPI + XGBoost (1 and 2 workers) under wrk, on the same model.

  /usr/bin/python3 benchmarks/api/run.py --peers ../shared/performance/peers --json out.json [--markdown out.md] [--seconds 3] [--rounds 2]

Builds nothing: first `dotnet build -c Release CreditWorkbench` and `dotnet build -c Release benchmarks/CreditWorkbench.Benchmarks`.
Makes the peers' model once, imports it into a fresh store, gives a key with a high limit, starts our server three times
(as it is; without the cache; without the record), warms everything up, lets the peers' run_api.py measure all of them
interleaved, and works out the ratios. A run counts only without a single non-2xx answer or socket error.
"""
import argparse, json, os, random, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

REPO = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
APP = os.path.join(REPO, "CreditWorkbench", "bin", "Release", "net10.0", "CreditWorkbench.dll")
BENCH = os.path.join(REPO, "benchmarks", "CreditWorkbench.Benchmarks", "bin", "Release", "net10.0", "CreditWorkbench.Benchmarks.dll")
CONNECTIONS = "16"

ap = argparse.ArgumentParser()
ap.add_argument("--peers", required=True)
ap.add_argument("--json", required=True)
ap.add_argument("--markdown")
ap.add_argument("--seconds", type=int, default=3)
ap.add_argument("--rounds", type=int, default=2)
ap.add_argument("--warm", type=int, default=20, help="seconds of load per target before anything counts")
ap.add_argument("--dir", default=os.path.join(tempfile.gettempdir(), "creditworkbench-api"))
a = ap.parse_args()
for needed in (APP, BENCH):
    if not os.path.exists(needed):
        sys.exit(needed + " is missing: build both projects with -c Release first.")
model, data = os.path.join(a.dir, "work"), os.path.join(a.dir, "data")
os.makedirs(model, exist_ok=True)
shutil.rmtree(data, ignore_errors=True)


def verb(*words):
    done = subprocess.run(["dotnet", APP] + list(words) + ["--data", data], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("%s: %s %s" % (" ".join(words), done.stdout, done.stderr))
    return done.stdout


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("a server did not start")


def settle():
    """Waits until the servers rest: what they recorded is being brought into the store after a burst, and would slow whoever comes next."""
    spent = lambda: sum(sum(map(int, open("/proc/%d/stat" % s.pid).read().rsplit(")", 1)[1].split()[11:13])) for s in servers) / os.sysconf("SC_CLK_TCK")
    for _ in range(240):
        before = spent()
        time.sleep(1)
        if spent() - before < 0.1:
            return
    print("the servers still work on what they recorded", file=sys.stderr)


# The same model on both sides, with rows to compare with: without them there would be no reasons to work out.
if not os.path.exists(os.path.join(model, "api_model.json")):
    subprocess.check_call(["/usr/bin/python3", os.path.join(a.peers, "api_app.py"), "--make", model])
background, body = os.path.join(a.dir, "background.csv"), os.path.join(a.dir, "body.json")
draw = random.Random(7)
with open(background, "w") as f:
    f.write(",".join("f%d" % i for i in range(20)) + "\n")
    for _ in range(4000):
        f.write(",".join("%.4f" % draw.gauss(0, 1) for _ in range(20)) + "\n")
json.dump({"values": json.load(open(os.path.join(model, "api_body.json")))["features"]}, open(body, "w"))
verb("import-model", "--format", "xgboost", "--file", os.path.join(model, "api_model.json"), "--background", background, "--register", "api")
verb("promote", "api@1", "--stage", "staging", "--note", "measurement")
# A release decides only because somebody who is known by name, and did not build it, says so.
verb("users", "add", "approver@example.com", "--name", "Approver", "--role", "Admin")
verb("models", "review", "api@1", "--note", "generated rows without groups", "--as", "approver@example.com")
for gate in ("parity", "calibration"):
    verb("models", "waive", "api@1", gate, "--note", "generated rows, for a measurement only", "--as", "approver@example.com")
verb("promote", "api@1", "--stage", "production", "--note", "measurement", "--as", "approver@example.com")
key = subprocess.run(["dotnet", BENCH, "api-key", "--data", data], capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]

servers, targets = [], []
try:
    constant = free_port()
    servers.append(subprocess.Popen(["dotnet", BENCH, "constant", "--urls", "http://127.0.0.1:%d" % constant], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, DOTNET_gcServer="1")))
    wait(constant)
    targets.append(("constant", "http://127.0.0.1:%d/" % constant))
    for name, settings, calls in (("ours", [], ("predict", "explain")), ("uncached", ["--Workbench:Serving:CacheCases=0"], ("predict", "explain")), ("unrecorded", ["--Audit:Predictions=off"], ("predict",))):
        port = free_port()
        servers.append(subprocess.Popen(["dotnet", APP, "serve", "--data", data, "--urls", "http://127.0.0.1:%d" % port, "--Workbench:Jobs:Threads=0"] + settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        wait(port)
        targets += [("%s_%s" % (name, call), "http://127.0.0.1:%d/api/v1/scorecards/api/%s" % (port, call)) for call in calls]
    header = "X-Api-Key: " + key
    for _, url in targets:  # compiled code settles before anything counts
        subprocess.run(["wrk", "-t2", "-c", CONNECTIONS, "-d", "%ds" % a.warm, "-s", os.path.join(a.peers, "post.lua"), url, "--", body, header], capture_output=True)
    settle()
    command = ["/usr/bin/python3", os.path.join(a.peers, "run_api.py"), "--json", a.json, "--seconds", str(a.seconds), "--rounds", str(a.rounds), "--connections", CONNECTIONS, "--dir", a.dir, "--header", header, "--body", body]
    for name, url in targets:
        command += ["--extra", "%s=%s" % (name, url)]
    subprocess.check_call(command)
finally:
    for server in servers:
        server.send_signal(signal.SIGTERM)
    for server in servers:
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()

result = json.load(open(a.json))
of = lambda name, what="req_per_s": result["median"].get(name + "/c" + CONNECTIONS, {}).get(what)
ratio = lambda one, other: round(of(one) / of(other), 3) if of(one) and of(other) else None
result["ratios"] = {
    "predict / constant (must .45)": ratio("ours_predict", "constant"),
    "predict without the record / constant (must .60)": ratio("unrecorded_predict", "constant"),
    "predict without the cache / constant": ratio("uncached_predict", "constant"),
    "explain / FastAPI + XGBoost, 2 workers (must 15, stretch 25)": ratio("ours_explain", "fastapi_2w_score"),
    "explain without the cache / FastAPI + XGBoost, 2 workers": ratio("uncached_explain", "fastapi_2w_score"),
    "predict / FastAPI + XGBoost, 2 workers": ratio("ours_predict", "fastapi_2w_predict"),
}
json.dump(result, open(a.json, "w"), indent=1)
lines = ["| server | requests/s | p50 ms | p95 ms | p99 ms | max ms |", "|---|---:|---:|---:|---:|---:|"]
for name in [t[0] for t in targets] + ["fastapi_1w_predict", "fastapi_2w_predict", "fastapi_1w_score", "fastapi_2w_score"]:
    if of(name):
        lines.append("| %s | %d | %.2f | %.2f | %.2f | %.1f |" % (name, of(name), of(name, "p50_us") / 1e3, of(name, "p95_us") / 1e3, of(name, "p99_us") / 1e3, of(name, "max_us") / 1e3))
lines += ["", "| ratio | value |", "|---|---:|"] + ["| %s | %s |" % pair for pair in result["ratios"].items()]
lines += ["", "Refused runs: %s" % (", ".join(result["refused"]) or "none")]
print("\n".join(lines))
if a.markdown:
    open(a.markdown, "w").write("\n".join(lines) + "\n")
