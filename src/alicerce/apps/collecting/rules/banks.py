"""Banks by the number that the Central Bank knows them by (ISPB). Plain Python: safe to import anywhere.

Each was held against the Central Bank's list of participants of its transfer system (`ParticipantesSTR.csv`,
bcb.gov.br, as it was in October 2025). The names are those that people know them by.
"""

import re
from collections.abc import Mapping

BANKS: Mapping[str, str] = {
    "00000000": "Banco do Brasil",
    "04902979": "Banco da Amazônia",
    "07237373": "Banco do Nordeste",
    "59285411": "Banco Pan",
    "28127603": "Banestes",
    "92702067": "Banrisul",
    "60746948": "Bradesco",
    "00000208": "BRB",
    "30306294": "BTG Pactual",
    "31872495": "C6 Bank",
    "00360305": "Caixa Econômica Federal",
    "00416968": "Inter",
    "60701190": "Itaú",
    "10573521": "Mercado Pago",
    "18236120": "Nubank",
    "08561701": "PagBank",
    "22896431": "PicPay",
    "58160789": "Safra",
    "90400888": "Santander",
    "02038232": "Sicoob",
    "01181521": "Sicredi",
    "16501555": "Stone",
}
"""The ones most people have an account at. Every other is told by its number."""
ISPB = re.compile(r"[0-9A-Z]{8}")


def bank_name(ispb: str) -> str:
    return BANKS.get(ispb, ispb)


def is_ispb(text: str) -> bool:
    return ISPB.fullmatch(text) is not None
