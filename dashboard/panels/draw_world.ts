// Draws panels/world.ts from Natural Earth's public domain borders, as the npm package world-atlas (ISC) packs them:
//   npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && node dashboard/panels/draw_world.ts package
// Run by hand, when borders change; nothing imports it.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

type Point = readonly [x: number, y: number]
type Ring = readonly Point[]

interface Country {
  code: string
  rings: Ring[]
}

const WIDTH = 1000
/** Points nearer than this to the line between their neighbours are left out; in units of the drawing. */
const TOLERANCE = 0.7
/** An islet smaller than this is left out, and a country smaller than that is a dot, in square units. */
const SMALLEST_RING = 2.5
const SMALLEST_SHAPE = 6
const SOUTH = -57

const arcIndexes = z.array(z.int())
const geometry = z.object({
  type: z.string(),
  id: z.optional(z.string()),
  arcs: z.optional(z.union([z.array(arcIndexes), z.array(z.array(arcIndexes))])),
  properties: z.object({ name: z.string() }),
})
const topology = z.object({
  transform: z.object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) }),
  arcs: z.array(z.array(z.tuple([z.number(), z.number()]))),
  objects: z.object({ countries: z.object({ geometries: z.array(geometry) }) }),
})

/** What has no number of its own: as the databases of addresses name these places. */
const WITHOUT_NUMBER: Readonly<Record<string, string>> = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' }

function readCountries(file: string, tolerance: number): Country[] {
  const { transform, arcs, objects } = topology.parse(JSON.parse(readFileSync(file, 'utf8')))
  const lines = arcs.map((arc) => simplify(absolute(arc, transform).map(project), tolerance))
  const byCode = Map.groupBy(objects.countries.geometries, codeOf)
  return [...byCode]
    .flatMap(([code, geometries]) =>
      code === undefined || code === 'AQ' ? [] : [{ code, rings: geometries.flatMap(ringsOf) }],
    )
    .flatMap(apart)

  function ringsOf({ arcs: indexes = [] }: z.infer<typeof geometry>): Ring[] {
    const polygons = indexes.flatMap((entry) => (entry.every((one) => typeof one === 'number') ? [entry] : entry))
    return polygons.map((ring) => ring.flatMap((index) => lineOf(index).slice(1))).filter((ring) => !isAcross(ring))
  }

  function lineOf(index: number): readonly Point[] {
    return index < 0 ? (lines[~index] ?? []).toReversed() : (lines[index] ?? [])
  }
}

/** Natural Earth draws Guiana as a part of France; databases of addresses know it by a code of its own. */
function apart({ code, rings }: Country): Country[] {
  if (code !== 'FR') return [{ code, rings }]
  const isAmerican = (ring: Ring) => ring.every(([x, y]) => x < WIDTH * 0.4 && y > NORTH - 60)
  return [
    { code, rings: rings.filter((ring) => !isAmerican(ring)) },
    { code: 'GF', rings: rings.filter((ring) => isAmerican(ring) && area(ring) >= SMALLEST_RING) },
  ].filter(({ rings }) => rings.length > 0)
}

/** Numbers of UN M49 are aliases of the letters: CLDR knows them all. */
function codeOf({ id, properties }: z.infer<typeof geometry>): string | undefined {
  if (id === undefined) return WITHOUT_NUMBER[properties.name]
  const region = new Intl.Locale(`und-${id}`).region
  return region && /^[A-Z]{2}$/.test(region) ? region : undefined
}

/** TopoJSON keeps each point as a step from the one before it. https://github.com/topojson/topojson-specification */
function absolute(arc: readonly Point[], { scale, translate }: z.infer<typeof topology>['transform']): Point[] {
  let x = 0
  let y = 0
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
  })
}

/** Equal Earth, so that what is shaded is as large as the land. https://doi.org/10.1080/13658816.2018.1504949 */
function project([longitude, latitude]: Point): Point {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796]
  const lambda = (longitude * Math.PI) / 180
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((Math.max(latitude, SOUTH) * Math.PI) / 180))
  const t2 = theta * theta
  const t6 = t2 ** 3
  const x = (2 * Math.sqrt(3) * lambda * Math.cos(theta)) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
  const scale = WIDTH / 2 / 2.7066
  return [WIDTH / 2 + x * scale, -y * scale + NORTH]
}

/** Where the equator lies, so that the northernmost land begins just below nothing. */
const NORTH = 243

/** Ramer, Douglas and Peucker. Ends stay, so that neighbours still meet. */
function simplify(line: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length < 3) return [...line]
  const isClosed = first[0] === last[0] && first[1] === last[1]
  let farthest = 0
  let most = 0
  for (const [index, point] of line.entries()) {
    const away = isClosed ? Math.hypot(point[0] - first[0], point[1] - first[1]) : distance(point, first, last)
    if (away > most) [most, farthest] = [away, index]
  }
  if (most <= tolerance) return [first, last]
  return [...simplify(line.slice(0, farthest + 1), tolerance), ...simplify(line.slice(farthest), tolerance).slice(1)]
}

function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const length = Math.hypot(x2 - x1, y2 - y1)
  return length === 0 ? Math.hypot(x - x1, y - y1) : Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
}

function area(ring: Ring): number {
  return Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
      return sum + x * nextY - nextX * y
    }, 0) / 2,
  )
}

/** An island on the date line comes as one that lies on both sides, with a line across the world. */
function isAcross(ring: Ring): boolean {
  const xs = ring.map(([x]) => x)
  return Math.max(...xs) - Math.min(...xs) > WIDTH * 0.9
}

const largest = ({ rings }: Country): Ring => rings.toSorted((one, two) => area(two) - area(one))[0] ?? []

/** Closed paths in whole units, each step from the point before it. */
function pathOf({ rings }: Country): string {
  let [atX, atY] = [0, 0]
  return rings
    .filter((ring) => area(ring) >= SMALLEST_RING)
    .map((ring) => {
      const steps = ring.map(([x, y]) => {
        const [toX, toY] = [Math.round(x), Math.round(y)]
        const step = [toX - atX, toY - atY] as const
        ;[atX, atY] = [toX, toY]
        return step
      })
      const [start = [0, 0], ...others] = steps
      // After z the pen stands where the ring began.
      ;[atX, atY] = [Math.round(ring[0]?.[0] ?? 0), Math.round(ring[0]?.[1] ?? 0)]
      return `m${pair(start)}l${others
        .filter(([dx, dy]) => dx !== 0 || dy !== 0)
        .map(pair)
        .reduce(join, '')}z`
    })
    .join('')
}

function pair([dx, dy]: Point): string {
  return `${dx}${dy < 0 ? '' : ' '}${dy}`
}

function join(path: string, step: string): string {
  return path === '' || step.startsWith('-') ? path + step : `${path} ${step}`
}

function middle(ring: Ring): Point {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  return [Math.round((Math.min(...xs) + Math.max(...xs)) / 2), Math.round((Math.min(...ys) + Math.max(...ys)) / 2)]
}

if (import.meta.main) {
  const from = process.argv[2] ?? 'package'
  const coarse = readCountries(path.join(from, 'countries-110m.json'), TOLERANCE)
  const shapes = coarse.filter((country) => area(largest(country)) >= SMALLEST_SHAPE)
  const drawn = new Set(shapes.map(({ code }) => code))
  const dots = readCountries(path.join(from, 'countries-50m.json'), 0).filter(({ code }) => !drawn.has(code))
  const lines = [
    '// The world for panels/world_map.tsx, by draw_world.ts from Natural Earth (public domain). Do not edit.',
    '// biome-ignore-all format: generated',
    `export const VIEW_BOX = '0 0 ${WIDTH} ${Math.round(project([0, SOUTH])[1])}'`,
    '/** Closed SVG paths by ISO 3166-1 alpha-2 code. */',
    'export const SHAPES: Readonly<Record<string, string>> = {',
    ...shapes.toSorted(byCode).map((country) => `  ${country.code}: '${pathOf(country)}',`),
    '}',
    '/** Middles of countries too small for a shape. */',
    'export const DOTS: Readonly<Record<string, readonly [x: number, y: number]>> = {',
    ...dots.toSorted(byCode).map((country) => `  ${country.code}: [${middle(largest(country)).join(', ')}],`),
    '}',
    '',
  ]
  writeFileSync(path.join(import.meta.dirname, 'world.ts'), lines.join('\n'))
}

function byCode({ code: one }: Country, { code: other }: Country): number {
  return one < other ? -1 : 1
}
