"""What requests cost, as ratios to a Flask hello: `python -m tests.bench` (docs/performance.md)."""
