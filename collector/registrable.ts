// The part of a host that somebody registered: example.co.uk of www.blog.example.co.uk. source.ts keeps no more of a
// referrer, because what stands before can name a person. The whole Public Suffix List weighs 30 KB in a Worker; these
// are the suffixes that referrers are seen to have, and a host below another one only says less. https://publicsuffix.org

/** Below a country's two letters these are registries, not somebody's name. */
const REGISTRIES = new Set(
  (
    'ac ad adv art asn asso blog co com csiro ebiz ed edu eng fin firm gc gen geek go gob gouv gov govt gr gub gv id idv ' +
    'ind inf info k12 kr lg ltd maori me med mil mod mus ne net nhs nic nom nome nsw or org plc police press pro pvt qc ' +
    'qld res sc sch school store tm tur tv vic wa web'
  ).split(' '),
)

/** Hosts of many people's sites: what stands before them is whose site it is. */
const SHARED = new Set(
  (
    'appspot.com azurewebsites.net bearblog.dev bitbucket.io blogspot.com br.com canalblog.com carrd.co cn.com ' +
    'codeberg.page de.com deno.dev eu.com eu.org firebaseapp.com fly.dev framer.website free.fr gb.net gitbook.io ' +
    'github.io gitlab.io glitch.me hatenablog.com herokuapp.com itch.io jimdofree.com jimdosite.com jp.net jpn.com ' +
    'myshopify.com neocities.org netlify.app onrender.com over-blog.com pages.dev readthedocs.io replit.app ru.com ' +
    'sa.com se.net squarespace.com streamlit.app surge.sh tistory.com typepad.com uk.com uk.net us.com vercel.app ' +
    'web.app webflow.io weebly.com wixsite.com wixstudio.com workers.dev writeas.com za.com'
  ).split(' '),
)

/** Whether the last two labels of a host were left to others to register below. */
export function isShared(labels: readonly string[]): boolean {
  return SHARED.has(labels.slice(-2).join('.'))
}

/** The last two labels, or three where two are no name of anybody. Hosts are in lower case, without a final dot. */
export function registrable(host: string): string {
  const labels = host.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  const isRegistry = top.length === 2 && REGISTRIES.has(second)
  return labels.slice(isRegistry || isShared(labels) ? -3 : -2).join('.')
}
