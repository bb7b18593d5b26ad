"""House rules that no general linter knows, one file per rule."""
