"""The first calls, in a terminal and in Python."""

FIRST_CALL = """\
export ALICERCE_API_KEY=sk_test_...

curl {base}/v1/me \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"
"""
CREATE_CUSTOMER = """\
curl {base}/v1/customers \\
  -H "Authorization: Bearer $ALICERCE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: cliente-1042" \\
  -d '{{"name": "Renata Souza", "email": "renata@example.com",
       "document": "529.982.247-25"}}'
"""
ORDER_SERVICE = """\
curl {base}/v1/plans \
  -H "Authorization: Bearer $ALICERCE_API_KEY"

curl "{base}/v1/services?expand=invoice" \\
  -H "Authorization: Bearer $ALICERCE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: pedido-1042" \\
  -d '{{"customer_id": "...", "price_id": "...", "domain": "padaria.com.br"}}'
"""
PYTHON = """\
import os
import httpx

api = httpx.Client(
    base_url="{base}/v1",
    headers={{"Authorization": f"Bearer {{os.environ['ALICERCE_API_KEY']}}"}},
)

price = api.get("/plans").raise_for_status().json()["data"][0]["prices"][0]
customer = api.post(
    "/customers",
    json={{"name": "Renata Souza", "email": "renata@example.com",
          "document": "529.982.247-25"}},
    headers={{"Idempotency-Key": "cliente-1042"}},
).raise_for_status().json()
order = api.post(
    "/services?expand=invoice",
    json={{"customer_id": customer["id"], "price_id": price["id"],
          "domain": "padaria.com.br"}},
    headers={{"Idempotency-Key": "pedido-1042"}},
).raise_for_status().json()
print(order["status"], order["invoice"]["page_url"])
"""
PAGING = """\
cursor = None
while True:
    page = api.get("/invoices", params={{"limit": 100, "cursor": cursor}} if cursor
                   else {{"limit": 100}}).raise_for_status().json()
    for invoice in page["data"]:
        print(invoice["number"], invoice["status"])
    if not page["has_more"]:
        break
    cursor = page["next_cursor"]
"""
SCANNER = "sk_(live|test)_[0-9A-Za-z]{39}"
