"""One terminal for many processes."""

import io

from alicerce.project.embedded.output import Output


class TestOutput:
    def test_shows_whole_lines_with_their_speaker(self):
        stream = io.BytesIO()
        output = Output(stream=stream)
        for chunk in (b"one\ntw", b"o\n"):
            output.show("web", chunk)
        assert stream.getvalue().decode() == "web        │ one\nweb        │ two\n"

    def test_survives_a_terminal_that_went_away(self):
        stream = io.BytesIO()
        stream.close()
        Output(stream=stream).say("still here")
