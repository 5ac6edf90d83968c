"""Work that is done after the answer, and is not lost: recorded with the change that asks for it, then run."""
