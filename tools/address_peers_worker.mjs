// node address_peers_worker.mjs NODE_FOLDER DATA_URL IN.json OUT.json
// IN: addresses. OUT: {rows: [[prefecture, municipality, town, rest] or null], seconds, warm},
// warm: addresses a second over the last ones again. Few enough for the caches to hold them.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'

const [folder, data, source, target] = process.argv.slice(2)
const { normalize, config } = createRequire(`${folder}/`)('@geolonia/normalize-japanese-addresses')
config.japaneseAddressesApi = data
const addresses = JSON.parse(readFileSync(source, 'utf-8'))

const LAST = 400

async function walk(addresses) {
  const rows = []
  const start = performance.now()
  for (const address of addresses) {
    try {
      const { pref, city, town, addr, other } = await normalize(address, { level: 3 })
      rows.push([pref ?? '', city ?? '', town ?? '', (addr ?? '') + (other ?? '')])
    } catch {
      rows.push(null)
    }
  }
  return [rows, (performance.now() - start) / 1000]
}

const [rows, seconds] = await walk(addresses)
const last = addresses.slice(-LAST)
const warm = last.length / (await walk(last))[1]
writeFileSync(target, JSON.stringify({ rows, seconds, warm }))
