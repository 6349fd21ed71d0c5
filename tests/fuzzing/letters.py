"""A reader with a fault behind a word, for the test of the fuzzer."""


def read(data: bytes) -> None:
    if data[0:1] != b"m":
        return
    if data[1:2] != b"i":
        return
    if data[2:3] != b"c":
        return
    if data[3:4] == b"h":
        raise ZeroDivisionError
