# ${app}

Keeps the ${noun}s of a tenant, open until they are closed.

## Words

A **${noun}** has a label. It is *open* from birth until somebody closes it; a closed one never opens again.

## Promises

- A label is used once per tenant.
- Closing a ${noun} twice changes nothing and tells nobody again.

## Hears / Says

Hears nothing. Says `${noun}.opened` and `${noun}.closed`.

## Asks of

Nobody.
