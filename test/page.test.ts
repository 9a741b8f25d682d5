import { describe, expect, test } from 'vitest'
import { LIMITS } from '../collector/contract.ts'
import { type PageRules, pageOf } from '../collector/page.ts'

const page = (path: string, queryParameters: string[] = []) => ruled(path, { queryParameters })
const ruled = (path: string, rules: Partial<PageRules>) =>
  pageOf(new URL(`https://example.com${path}`), { queryParameters: [], pathPatterns: [], pathExceptions: [], ...rules })

/** Paths as they are met on real sites, and what must be left of each. */
const SPELLINGS: readonly (readonly [path: string, page: string])[] = [
  ['/', '/'],
  ['', '/'],
  ['//', '/'],
  ['/index.html', '/'],
  ['/index.php', '/'],
  ['/Index.HTM', '/'],
  ['/default.aspx', '/'],
  ['/index.php5', '/'],
  ['/index', '/index'],
  ['/blog/index.html', '/blog'],
  ['/blog/', '/blog'],
  ['/blog//', '/blog'],
  ['//blog', '/blog'],
  ['/blog//hello', '/blog/hello'],
  ['/./blog/../pricing', '/pricing'],
  ['/Pricing', '/pricing'],
  ['/PRICING/', '/pricing'],
  ['/about-us', '/about-us'],
  ['/about_us.html', '/about_us.html'],
  ['/pricing?plan=pro', '/pricing'],
  ['/pricing#faq', '/pricing'],
  ['/pricing?email=ann@example.org#ann@example.org', '/pricing'],
  ['/#/account/secret', '/'],
  ['/wiki/Caf%C3%A9', '/wiki/café'],
  ['/wiki/Café', '/wiki/café'],
  ['/wiki/Cafe%CC%81', '/wiki/café'],
  ['/wiki/CAF%C3%89', '/wiki/café'],
  ['/caf%E9', '/caf%e9'],
  ['/%7Eann/home', '/~ann/home'],
  ['/~ann/home', '/~ann/home'],
  ['/hello%20world', '/hello world'],
  ['/hello+world', '/hello+world'],
  ['/a%2Fb', '/a/b'],
  ['/a%252Fb', '/a/b'],
  ['/100%25-free', '/100%-free'],
  ['/50%off', '/50%off'],
  ['/%', '/%'],
  ['/%E4%B8%AD%E6%96%87/%E6%96%87%E7%AB%A0', '/中文/文章'],
  ['/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8', '/новости'],
  ['/%F0%9F%8C%9E', '/🌞'],
  ['/STRASSE/Größe', '/strasse/größe'],
  ['/page%00name', '/page name'],
  ['/%E2%80%AEevil', '/evil'],
  ['/zero%E2%80%8Bwidth', '/zerowidth'],
  ['/page;jsessionid=9A8B7C6D5E4F', '/page'],
  ['/page;v=1.1/sub;x=y', '/page/sub'],
  ['/search%3Femail=ann@example.org', '/search'],
  ['/page%23section', '/page'],
  ['/(other)', '/(other)'],
]

const KEPT: readonly (readonly [path: string, page: string])[] = [
  ['/2024', '/2024'],
  ['/2024/05/01', '/2024/05/01'],
  ['/2024-05-01', '/2024-05-01'],
  ['/2024.05.01-release', '/2024.05.01-release'],
  ['/blog/2024-05-01-how-to-count', '/blog/2024-05-01-how-to-count'],
  ['/blog/10-things-about-5-cats', '/blog/10-things-about-5-cats'],
  ['/top-100', '/top-100'],
  ['/404', '/404'],
  ['/page/2', '/page/2'],
  ['/p/1234', '/p/1234'],
  ['/v2/api', '/v2/api'],
  ['/docs/v1.2.3', '/docs/v1.2.3'],
  ['/docs/v10.15.7.2', '/docs/v10.15.7.2'],
  ['/docs/1.2.3-beta.4', '/docs/1.2.3-beta.4'],
  ['/releases/v24.0.1-rc.1', '/releases/v24.0.1-rc.1'],
  ['/de-AT/preise', '/de-at/preise'],
  ['/en_US/', '/en_us'],
  ['/zh-Hans', '/zh-hans'],
  ['/@ann', '/@ann'],
  ['/@scope/package', '/@scope/package'],
  ['/c++', '/c++'],
  ['/c%23', '/c'],
  ['/i18n', '/i18n'],
  ['/k8s-on-x86_64', '/k8s-on-x86_64'],
  ['/utf8-and-base64', '/utf8-and-base64'],
  ['/sha256', '/sha256'],
  ['/covid19', '/covid19'],
  ['/iPhone15Pro', '/iphone15pro'],
  ['/iphone-15-pro-max-256gb', '/iphone-15-pro-max-256gb'],
  ['/rtx4090-vs-rtx5090', '/rtx4090-vs-rtx5090'],
  ['/ps5-vs-xbox', '/ps5-vs-xbox'],
  ['/mp3-to-mp4', '/mp3-to-mp4'],
  ['/3d-printing', '/3d-printing'],
  ['/windows11', '/windows11'],
  ['/4k-60fps', '/4k-60fps'],
  ['/h264-h265', '/h264-h265'],
  ['/JavaScript', '/javascript'],
  ['/GitHubActions', '/githubactions'],
  ['/HowToUseIt', '/howtouseit'],
  ['/FrontPage/RecentChanges', '/frontpage/recentchanges'],
  ['/XMLHttpRequest', '/xmlhttprequest'],
  ['/WordPressPluginGuide', '/wordpresspluginguide'],
  ['/wiki/List_of_HTTP_status_codes', '/wiki/list_of_http_status_codes'],
  ['/wiki/Talk:Main_Page', '/wiki/talk:main_page'],
  ['/rechtsschutzversicherung', '/rechtsschutzversicherung'],
  ['/kraftfahrzeughaftpflichtversicherung', '/kraftfahrzeughaftpflichtversicherung'],
  ['/angstschweiss-und-herbstschlacht', '/angstschweiss-und-herbstschlacht'],
  ['/internationalization', '/internationalization'],
  ['/accessibility-statement', '/accessibility-statement'],
  ['/llanfairpwllgwyngyll', '/llanfairpwllgwyngyll'],
  ['/przepisy/szczegoly', '/przepisy/szczegoly'],
  ['/tietosuojaseloste', '/tietosuojaseloste'],
  ['/cookie-policy.pdf', '/cookie-policy.pdf'],
  ['/download/sundial-1.2.tar.gz', '/download/sundial-1.2.tar.gz'],
  ['/feed.xml', '/feed.xml'],
  ['/wp-login.php', '/wp-login.php'],
  ['/product/blue-shirt-xl', '/product/blue-shirt-xl'],
  ['/category/men/shoes/', '/category/men/shoes'],
  ['/tag/c3po', '/tag/c3po'],
  ['/deadbeef', '/deadbeef'],
  ['/facade', '/facade'],
  ['/r/rust/comments', '/r/rust/comments'],
  ['/terms-and-conditions-of-use', '/terms-and-conditions-of-use'],
  ['/10x10', '/10x10'],
  ['/web3dot0', '/web3dot0'],
]

const HIDDEN: readonly (readonly [path: string, page: string])[] = [
  ['/user/12345', '/user/:id'],
  ['/user/1234567890123456789', '/user/:id'],
  ['/user_48213/edit', '/user_:id/edit'],
  ['/orders/2024-00012345', '/orders/:phone'],
  ['/order-12345678', '/order-:id'],
  ['/sku123456', '/sku:id'],
  ['/news/some-title-1234567', '/news/some-title-:id'],
  ['/news/a-12345.html', '/news/a-:id.html'],
  ['/20240501', '/:id'],
  ['/invoice-20240512.pdf', '/invoice-:id.pdf'],
  ['/users/550e8400-e29b-41d4-a716-446655440000', '/users/:id'],
  ['/users/550E8400-E29B-41D4-A716-446655440000/posts', '/users/:id/posts'],
  ['/users/550e8400e29b41d4a716446655440000', '/users/:token'],
  ['/file-550e8400-e29b-41d4-a716-446655440000.png', '/file-:id.png'],
  ['/o/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/o/:id'],
  ['/o/01arz3ndektsv4rrffq69g5fav', '/o/:id'],
  ['/doc/507f1f77bcf86cd799439011', '/doc/:token'],
  ['/commit/a1b2c3d', '/commit/:token'],
  ['/commit/3f2a9c1b', '/commit/:token'],
  ['/commit/e83c5163316f89bfbde7d9ab23ca2e25604af290', '/commit/:token'],
  ['/md5/d41d8cd98f00b204e9800998ecf8427e', '/md5/:token'],
  ['/sha/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '/sha/:token'],
  ['/app.3f9d8c2a1b.js', '/app.:token.js'],
  ['/watch/dQw4w9WgXcQ', '/watch/:token'],
  ['/t/V1StGXR8_Z5jdHi6B-myT', '/t/:token'],
  ['/s/dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', '/s/:token'],
  ['/invite/k3j9x2m8q1', '/invite/:token'],
  ['/invite/clh3xz9kd0000qwer1a2b3c4d', '/invite/:token'],
  ['/cuid/tz4a98xxat96iws9zmbrgj3a', '/cuid/:token'],
  ['/ksuid/0ujtsYcgvSTl8PAuAdqWYSMnLOv', '/ksuid/:token'],
  ['/checkout/cs_test_a1B2c3D4e5F6g7H8', '/checkout/cs_test_:token'],
  ['/pi_3MtwBwLkdIwHu7ix28a3tqPa', '/:token'],
  ['/pnr/X7K9PQ', '/pnr/:token'],
  ['/voucher/ABCD1234EFGH', '/voucher/:token'],
  ['/reset/xkqzjvwpmtrbxqzj', '/reset/:token'],
  ['/reset/AbCdEfGhIjKlMnOpQrStUvWxYz', '/reset/:token'],
  ['/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123', '/x/:token'],
  ['/x/eyJhbGciOiJIUzI1NiJ9', '/x/:token'],
  ['/b/SGVsbG8gd29ybGQ=', '/b/:token'],
  ['/b/SGVsbG8gd29ybGQ%3D', '/b/:token'],
  ['/unsubscribe/am9obkBleGFtcGxlLmNvbQ==', '/unsubscribe/:token'],
  ['/unsubscribe/YW5uQGV4YW1wbGUub3Jn', '/unsubscribe/:token'],
  ['/unsubscribe/ann@example.org', '/unsubscribe/:email'],
  ['/unsubscribe/Ann.Lee+news@Example.ORG', '/unsubscribe/:email'],
  ['/unsubscribe/ann%40example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%2540example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%252540example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%25252525252540example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%E2%80%8B@exam%C2%ADple.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%EF%BC%A0example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann%40example.org%E9', '/unsubscribe/:email%e9'],
  ['/unsubscribe/ann(at)example.org', '/unsubscribe/:email'],
  ['/unsubscribe/ann@müller.example', '/unsubscribe/:email'],
  ['/mailto:ann@example.org', '/mailto::email'],
  ['/u/ann@example.org-profile', '/u/:email-profile'],
  ['/@ann@mastodon.social', '/@:email'],
  ['/tel/+491701234567', '/tel/:phone'],
  ['/tel/+49-170-1234567', '/tel/:phone'],
  ['/tel/%2B49%20170%201234567', '/tel/:phone'],
  ['/tel/(555)%20123-4567', '/tel/:phone'],
  ['/tel/06-12-34-56-78', '/tel/:phone'],
  ['/tel/06.12.34.56.78', '/tel/:phone'],
  ['/tel/0612345678', '/tel/:id'],
  ['/ssn/123-45-6789', '/ssn/:phone'],
  ['/card/4111-1111-1111-1111', '/card/:phone'],
  ['/iban/DE89370400440532013000', '/iban/de:id'],
  ['/ip/192.168.1.20', '/ip/:ip'],
  ['/ip/2001:db8:85a3:0:0:8a2e:370:7334', '/ip/:ip'],
  ['/%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6', '/:id'],
  ['/%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95', '/:id'],
  ['/größe-123456', '/größe-:id'],
  ['/token=0a1b2c3d4e5f6071', '/token=:token'],
  ['/reset,9f86d081884c7d659a2feaa0c55ad015', '/reset,:token'],
  ['/a/b/c/12345/d/67890', '/a/b/c/:id/d/:id'],
]

describe('a page is one spelling of the path', () => {
  test.each(SPELLINGS)('%s is %s', (path, expected) => {
    expect(page(path)).toBe(expected)
  })
})

describe('words, dates and versions stay', () => {
  test.each(KEPT)('%s is %s', (path, expected) => {
    expect(page(path)).toBe(expected)
  })
})

describe('what looks personal becomes a placeholder', () => {
  test.each(HIDDEN)('%s is %s', (path, expected) => {
    expect(page(path)).toBe(expected)
  })
})

test('the table holds at least 150 paths, each once', () => {
  const paths = [...SPELLINGS, ...KEPT, ...HIDDEN].map(([path]) => path)
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths.length).toBeGreaterThanOrEqual(150)
})

test('a page normalized twice is the same page', () => {
  const twice = ([, once]: readonly [string, string]) => [once, page(encodeURI(once).replaceAll('#', '%23'))]
  const pages = [...KEPT, ...HIDDEN].filter(([, once]) => !once.includes('%')).map(twice)
  expect(pages.filter(([once, again]) => once !== again)).toEqual([])
})

describe('a site’s own patterns', () => {
  const pathPatterns = [
    '/u/:name/posts',
    '/@:name/**',
    '/orders/:order',
    '/orders/*/items',
    '/größe/:size',
    '/kb/20240/*',
  ]
  test.each([
    ['/u/ann/posts', '/u/:name/posts'],
    ['/U/Ann/Posts/', '/u/:name/posts'],
    ['/u//ann/posts/index.html', '/u/:name/posts'],
    ['/u/ann%2Fposts', '/u/:name/posts'],
    ['/u/123456/posts', '/u/:name/posts'],
    ['/u/ann', '/u/ann'],
    ['/u/ann/posts/7', '/u/ann/posts/7'],
    ['/@ann', '/@:name'],
    ['/@ann/status/1234567', '/@:name/status/:id'],
    ['/@', '/@'],
    ['/orders/a-b', '/orders/:order'],
    ['/orders/items', '/orders/:order'],
    ['/orders/123456/items', '/orders/:id/items'],
    ['/gr%C3%B6%C3%9Fe/XL', '/größe/:size'],
    ['/Gro%CC%88%C3%9Fe/XL', '/größe/:size'],
    ['/kb/20240/123456', '/kb/20240/:id'],
    ['/constructor/x', '/constructor/x'],
  ])('make of %s %s', (path, expected) => {
    expect(ruled(path, { pathPatterns })).toBe(expected)
  })

  test('decide by the first that fits', () => {
    expect(ruled('/a/b', { pathPatterns: ['/a/:first', '/a/:second'] })).toBe('/a/:first')
  })

  test('are no way to be slow', () => {
    const pathPatterns = Array.from({ length: 30 }, () => `${'/*'.repeat(98)}/**`)
    const started = process.cpuUsage().user
    for (let n = 0; n < 100; n++) ruled('/a'.repeat(1000), { pathPatterns, pathExceptions: pathPatterns })
    expect(process.cpuUsage({ user: started, system: 0 }).user).toBeLessThan(2_000_000)
  })
})

describe('a site’s exceptions', () => {
  const pathExceptions = ['/blog/20240115', '/docs/*', '/files/**']
  test.each([
    ['/blog/20240115', '/blog/20240115'],
    ['/blog/20240116', '/blog/:id'],
    ['/docs/1234567', '/docs/1234567'],
    ['/docs/9F86d081884c7d659a2feaa0c55ad015/', '/docs/9f86d081884c7d659a2feaa0c55ad015'],
    ['/docs/1234567/more', '/docs/:id/more'],
    ['/files/1234567/2345678', '/files/1234567/2345678'],
    ['/files', '/files'],
    ['/docs/ann@example.org', '/docs/:email'],
    ['/docs/ann%2540example.org', '/docs/:email'],
    ['/docs/ann%25252525252540example.org', '/docs/:email'],
    ['/docs/ann%E2%80%8B@example.org', '/docs/:email'],
    ['/docs/of-ann@example.org-1234567', '/docs/:email-1234567'],
    ['/docs/YW5uQGV4YW1wbGUub3Jn', '/docs/:email'],
    ['/docs/ann%EF%BC%A0example.org', '/docs/:email'],
    ['/docs/ann(at)example.org', '/docs/:email'],
  ])('make of %s %s', (path, expected) => {
    expect(ruled(path, { pathExceptions })).toBe(expected)
  })

  test('give way to a pattern', () => {
    const rules = { pathPatterns: ['/docs/:doc'], pathExceptions }
    expect(ruled('/docs/1234567', rules)).toBe('/docs/:doc')
    expect(ruled('/files/1234567', { ...rules, pathPatterns: ['/files/*'] })).toBe('/files/1234567')
  })
})

describe('query parameters', () => {
  test('stay only if the site allows them, in alphabetical order', () => {
    expect(page('/search?tab=2&q=sun+dial&secret=1', ['tab', 'q'])).toBe('/search?q=sun dial&tab=2')
    expect(page('/search?q=a&tab=2', ['tab', 'q'])).toBe(page('/search?tab=2&q=a', ['q', 'tab']))
  })

  test('lose what looks personal, and what is empty', () => {
    expect(page('/s?q=ann%40example.org', ['q'])).toBe('/s?q=:email')
    expect(page('/s?id=123456', ['id'])).toBe('/s?id=:id')
    expect(page('/s?q=', ['q'])).toBe('/s')
  })

  test('cannot pass for other parameters', () => {
    expect(page('/s?q=a%26b%3Dc', ['q'])).toBe('/s?q=a%26b%3Dc')
  })

  test('count once when repeated', () => {
    expect(page('/s?q=a&q=b', ['q'])).toBe('/s?q=a')
  })
})

test('a page is at most as long as the data contract says, and tears no character', () => {
  expect(page(`/${'word-'.repeat(300)}`)).toHaveLength(LIMITS.page)
  const suns = page(`/${'🌞'.repeat(400)}`)
  expect(suns.length).toBeLessThanOrEqual(LIMITS.page)
  expect(suns.isWellFormed()).toBe(true)
})

test('no path makes it slow', () => {
  const hostile = ['a', 'a@', '1-', 'aB1', 'a:', '%25', 'eyJ', '(1', 'a-', '1.', 'ab12', '@a.', 'Ａ'].map(
    (part) => `/${part.repeat(900)}`,
  )
  const started = process.cpuUsage().user
  for (const path of hostile) page(path)
  // Quadratic matching would need seconds; all of them together need a few milliseconds.
  expect(process.cpuUsage({ user: started, system: 0 }).user).toBeLessThan(2_000_000)
})
