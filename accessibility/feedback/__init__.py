"""Feedback on barriers: a form that needs neither scripts nor cookies, mails, and the register.

docs/statement.md says what readers and the office meet.
"""
