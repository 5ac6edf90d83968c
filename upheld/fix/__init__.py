"""From finding to patch: what to edit, and how to edit it so that nothing else changes."""
