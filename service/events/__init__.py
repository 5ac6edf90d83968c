"""Who looked at what: access logs in, visits a day out."""
