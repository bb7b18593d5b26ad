"""The main job, proved on a throwaway stack: visitors order and pay, accounts come alive."""
