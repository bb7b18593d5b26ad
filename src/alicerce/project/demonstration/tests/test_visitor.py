"""What a visitor of the demonstration reads off a page."""

from alicerce.project.demonstration.visitor import PIX_CODE

LOOKS_DOUBLE = (
    "00020101021226760014br.gov.bcb.pix2554pix.psp.example/qr/v2/15ba2905d630490693c6d41b7956c6a8"
    "5204000053039865802BR5920Nuvem Sul Hospedagem6008Curitiba62070503***6304A484"
)


def test_a_code_is_read_to_its_end_though_its_address_looks_like_a_checksum():
    page = f'<code data-copy="{LOOKS_DOUBLE}">{LOOKS_DOUBLE}</code> 630400FF'

    found = PIX_CODE.search(page)

    assert found is not None
    assert found.group() == LOOKS_DOUBLE
