"""What benchmarks measure: the time of processes that a program starts is counted, though it did not wait for them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPENDS = "import time\nwhile time.process_time() < 0.4: pass"
# In a process of its own, since whatever is not waited for is, and that may be another test's.
MEASURES = f"""
import subprocess, sys
from benchmarks.speed.reading import timed
leaves = [sys.executable, "-c", "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]])"]
print(timed(lambda: None).cpu)
print(timed(lambda: subprocess.check_call([sys.executable, "-c", {SPENDS!r}])).cpu)
print(timed(lambda: subprocess.check_call([*leaves, {SPENDS!r}])).cpu)
"""


def test_processes_of_processes_are_counted() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURES], cwd=ROOT, capture_output=True, text=True, check=True)
    nothing, child, grandchild = map(float, done.stdout.split())
    assert nothing < 0.2
    assert child > 0.3
    assert grandchild > 0.3
