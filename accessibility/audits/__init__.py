"""Audits: what is found on the pages that readers get, by rules and in a real browser.

docs/audits.md says what is checked. `run` takes pages to the engines and stores what they find,
`evidence` sums it up.
"""
