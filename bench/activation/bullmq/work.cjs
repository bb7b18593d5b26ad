// Steps 2 and 3: WHM createacct over HTTPS, then the service active in PostgreSQL.
const fs = require("node:fs");
const https = require("node:https");
const { Worker } = require("bullmq");
const { Pool } = require("pg");

const { REDIS_PORT, DATABASE_URL, PANEL_URL, PANEL_TOKEN, PANEL_CA, CONCURRENCY } = process.env;
const agent = new https.Agent({ ca: fs.readFileSync(PANEL_CA), keepAlive: true });
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(CONCURRENCY) });
const ACTIVATE = `insert into bench_service (id, called_at, active_at)
  values ($1, to_timestamp($2 / 1000.0), clock_timestamp())
  on conflict (id) do nothing`;

function createacct(id) {
  const name = `b${id.slice(-15)}`;
  const body = new URLSearchParams({
    "api.version": "1", username: name, domain: `${name}.example.com`, plan: "basico",
    password: "a long enough password", contactemail: "cliente@example.com", showpass: "n",
  }).toString();
  const headers = {
    Authorization: `whm root:${PANEL_TOKEN}`,
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent, headers };
    const request = https.request(`${PANEL_URL}/json-api/createacct`, options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const { metadata } = JSON.parse(Buffer.concat(chunks));
        if (metadata.result === 1) resolve();
        else reject(new Error(metadata.reason));
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

new Worker(
  "activation",
  async (job) => {
    const calledAt = Date.now();
    await createacct(job.data.id);
    await pool.query(ACTIVATE, [job.data.id, calledAt]);
  },
  {
    connection: { host: "127.0.0.1", port: Number(REDIS_PORT), maxRetriesPerRequest: null },
    concurrency: Number(CONCURRENCY),
  },
);
