"""Documents that are wrong in one statement: each is put in place of an honest app's own, and must be noticed."""
