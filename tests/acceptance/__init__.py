"""What is promised to users, held end to end: by processes, files, signals and a server."""
