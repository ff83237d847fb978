// Loaded before a server under test: it must not outlive a test run that was killed.
process.stdin.on("end", () => process.kill(process.pid, "SIGKILL"));
process.stdin.on("error", () => process.kill(process.pid, "SIGKILL"));
process.stdin.resume();
process.stdin.unref();
