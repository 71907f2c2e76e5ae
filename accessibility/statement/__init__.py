"""The accessibility statement: what may be claimed, how it is told to people and to machines.

docs/statement.md says what editors and adopters meet. `claim` weighs the evidence, `forms` and
`panels` show editors what it allows, `openacr` and `resources` tell machines.
"""
