"""The gate: a page with accessibility errors does not go live, whichever way is taken.

docs/gate.md says what editors and adopters meet. `publication` stands in Wagtail's ways,
`judgement` decides, `refusal` says why, `views` let out those that must go out all the same.
"""
