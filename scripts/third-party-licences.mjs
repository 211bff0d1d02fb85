// The licences of packages whose code is in a bundle. Reads node_modules; the same packages give the same text.
import { readdirSync, readFileSync } from 'node:fs';

/** @param moduleIds files that went into the bundles */
export function collectLicences(moduleIds) {
  const folders = new Set();
  for (const id of moduleIds) {
    const inside = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'));
    if (inside) folders.add(inside[1]);
  }
  const texts = [...folders].sort().map((folder) => {
    const { name, version: own, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${own}\n\n${text}\n`;
  });
  return `Code of these packages is part of the files in this folder.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
