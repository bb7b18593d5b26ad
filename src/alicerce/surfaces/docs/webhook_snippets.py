"""Webhooks in a terminal and in Python. What is shown is what the tests run."""

REGISTER = """\
curl {base}/v1/webhooks \\
  -H "Authorization: Bearer $ALICERCE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: webhook-erp" \\
  -d '{{"url": "https://exemplo.com.br/webhooks", "types": ["invoice.*", "order.completed"]}}'
"""
TRY = """\
curl -X POST {base}/v1/webhooks/$WEBHOOK/test \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"

curl {base}/v1/webhooks/$WEBHOOK/deliveries \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"
"""
ROTATE = """\
curl -X POST {base}/v1/webhooks/$WEBHOOK/secret \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"
"""
REPLAY = """\
curl -X POST {base}/v1/deliveries/$DELIVERY/replay \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"

curl {base}/v1/webhooks/$WEBHOOK/replay \\
  -H "Authorization: Bearer $ALICERCE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{{"since": "2026-11-01T00:00:00-03:00"}}'
"""
EVENT_TYPES = """\
curl {base}/v1/event-types \\
  -H "Authorization: Bearer $ALICERCE_API_KEY"
"""
LIBRARY = """\
from standardwebhooks import Webhook

message = Webhook(secret).verify(request.body, request.headers)  # raises if it is not from us
"""
SHELL = r"""key=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \n')
printf '%s.%s.' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP" | cat - body.json \
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64
"""
SEND_YOURSELF = r"""now=$(date +%s)
key=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \n')
signature=$(printf 'test-1.%s.{"type":"invoice.paid","data":{}}' "$now" \
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl -H 'webhook-id: test-1' -H "webhook-timestamp: $now" -H "webhook-signature: v1,$signature" \
  -d '{"type":"invoice.paid","data":{}}' https://exemplo.com.br/webhooks
"""
RECEIVER = r'''"""A receiver of webhooks, complete: `WEBHOOK_SECRET=whsec_… python examples/webhook_receiver.py 8999`.

Standard library only. It verifies, answers at once, and does the work of each message once.
"""

import base64
import hmac
import json
import os
import sys
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60


class Refused(Exception):
    """Not from whom it says, or too old to be believed."""


def verify(secret, headers, body):
    """The message in a request. Raises Refused."""
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        raise Refused("too old, or from the future")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, sha256)).decode()
    given = [part.partition(",") for part in headers["webhook-signature"].split()]
    if not any(v == "v1" and hmac.compare_digest(s, expected) for v, _, s in given):
        raise Refused("the signature is not right")
    return json.loads(body)


class Receiver(BaseHTTPRequestHandler):
    secret = os.environ.get("WEBHOOK_SECRET", "")
    seen = set()  # in earnest: a table with a unique key, written in the same transaction

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            message = verify(self.secret, self.headers, body)
        except (Refused, KeyError, TypeError, ValueError) as error:
            return self.answer(400, str(error))
        if self.headers["webhook-id"] not in self.seen:
            self.seen.add(self.headers["webhook-id"])
            self.work(message)
        return self.answer(204)

    def work(self, message):
        print(message["type"], json.dumps(message["data"]), flush=True)

    def answer(self, status, text=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Only what was received is said."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8999
    ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
'''
