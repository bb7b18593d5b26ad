"""What stops the stack from starting, said in one sentence that also says what to do."""

import errno

SENTENCES = {
    errno.ENOSPC: "The disk that holds {where} is full; free some space and try again.",
    errno.EDQUOT: "Your quota on the disk that holds {where} is used up; free some space.",
    errno.EROFS: "{where} is on a read-only disk; point ALICERCE_DATA_DIR to a writable one.",
    errno.EACCES: "{where} is not ours to write; point ALICERCE_DATA_DIR to a folder that is.",
    errno.EPERM: "{where} is not ours to change; point ALICERCE_DATA_DIR to a folder that is.",
    errno.ENOTDIR: "{where} is not a folder; point ALICERCE_DATA_DIR to one.",
}


class CannotStart(Exception):
    """The message is for the person at the keyboard."""


def is_about_the_disk(error: OSError) -> bool:
    return error.errno in SENTENCES


def in_one_sentence(error: OSError) -> str:
    """The sentence for a disk that refuses us."""
    where = error.filename or "the data folder"
    return SENTENCES[error.errno or 0].format(where=where)
