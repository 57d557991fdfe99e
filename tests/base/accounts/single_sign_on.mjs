// A real OpenID Connect provider for the tests: it logs in whoever the test says, at once.
// Prints its address on the first line; ends when its standard input closes.
import http from "node:http";
import Provider from "oidc-provider";

const back = process.argv[2];
let person = {};

const server = http.createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "omzien",
      client_secret: "a-secret-of-the-test",
      redirect_uris: [back],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  claims: {
    openid: ["sub", "acr", "amr"],
    email: ["email", "email_verified"],
    profile: ["name"],
  },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["only for a test"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/as-told/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
});

async function asTold(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const login = { accountId: person.sub, acr: person.acr, amr: person.amr };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent });
}

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (request.url === "/person") {
    const parts = [];
    for await (const part of request) parts.push(part);
    person = JSON.parse(Buffer.concat(parts).toString());
    response.end();
  } else if (request.url.startsWith("/as-told/")) {
    await asTold(request, response);
  } else {
    answer(request, response);
  }
});

process.stdin.on("end", () => process.exit(0)).resume();
console.log(issuer);
