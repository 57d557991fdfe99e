// Builds the style sheets, the font and the few scripts of the pages into static/built/.
// Run by set-up: `node src/omzien/site/assets/build.mjs`. Another token sheet: OMZIEN_TOKEN_SHEET=/path/to/tokens.css.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "../static/built");
const fresh = `${target}.${process.pid}`;
const tokens = resolve(process.env.OMZIEN_TOKEN_SHEET || join(here, "tokens.css"));

async function packageOf(file) {
  for (let folder = dirname(file); folder.includes("node_modules"); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (await stat(path).catch(() => null)) return JSON.parse(await readFile(path, "utf8"));
  }
  throw new Error(`No package.json above ${file}`);
}

async function partsOf(inputs) {
  const files = Object.keys(inputs).map((name) => resolve(name)).filter((name) => name.includes("node_modules"));
  const parts = await Promise.all(files.sort().map(async (file) => {
    const { name, version, license } = await packageOf(file);
    const sha256 = createHash("sha256").update(await readFile(file)).digest("hex");
    return { name, version, licence: license, file: relative(join(file.split("node_modules")[0], "node_modules"), file), sha256 };
  }));
  return parts;
}

await mkdir(fresh, { recursive: true });
try {
  const { metafile } = await build({
    entryPoints: {
      omzien: join(here, "omzien.css"),
      tokens,
      circle: join(here, "circle.js"),
      aid: join(here, "aid.js"),
    },
    outdir: fresh,
    bundle: true,
    minify: true,
    metafile: true,
    legalComments: "none",
    logLevel: "silent",
    loader: { ".woff2": "file" },
    assetNames: "atkinson",
    target: ["chrome111", "firefox114", "safari16.4"],
  });
  const manifest = { parts: await partsOf(metafile.inputs) };
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  console.log(`Built ${manifest.parts.length} parts into ${relative(process.cwd(), target)}`);
} catch (error) {
  console.error(`The style sheets and scripts were not built: ${error.message}\nRun "npm ci --ignore-scripts" and try again.`);
  process.exitCode = 1;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
