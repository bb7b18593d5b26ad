// Step 1: verify the signature over the raw body, queue the job once, answer.
const crypto = require("node:crypto");
const http = require("node:http");
const { Queue } = require("bullmq");

const { PORT, REDIS_PORT, SECRET } = process.env;
const queue = new Queue("activation", {
  connection: { host: "127.0.0.1", port: Number(REDIS_PORT) },
});

function isGenuine(raw, header) {
  const parts = Object.fromEntries(header.split(",").map((part) => part.split("=")));
  const wanted = crypto.createHmac("sha256", SECRET).update(`${parts.t}.`).update(raw).digest();
  const shown = Buffer.from(parts.v1 ?? "", "hex");
  return shown.length === wanted.length && crypto.timingSafeEqual(shown, wanted);
}

http
  .createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    if (!isGenuine(raw, request.headers["stripe-signature"] ?? "")) {
      response.writeHead(400).end();
      return;
    }
    const event = JSON.parse(raw);
    await queue.add("activate", { id: event.id }, {
      jobId: event.id,
      attempts: 8,
      backoff: { type: "exponential", delay: 4000 },
      removeOnComplete: true,
    });
    response.writeHead(200, { "Content-Length": "0" }).end();
  })
  .listen(Number(PORT), "127.0.0.1");
