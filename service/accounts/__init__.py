"""Who may do what: accounts, passwords and access tokens."""
