"""The real thing under fire: officers work without pause while processes are killed, and afterwards it is judged.

``python -m tests.fire --kills 300 --seed 1`` starts a house of its own (embedded PostgreSQL, gunicorn, the queue's
worker, a mail server), which knows nothing of the demo's data or the tests'.
"""
