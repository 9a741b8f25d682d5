// The demo site's documentation: a small single-page app. Its sections are all in the page; the client shows one and
// pushes its address, so that a visitor can see history navigation counted. Without JavaScript they are plain pages.
import type { Child, FC } from 'hono/jsx'
import { Frame, type SiteFrame } from './site_frame.tsx'

interface Section {
  /** Below the site's root. */
  path: string
  title: string
  text: Child
}

export const DOCS_SECTIONS: readonly Section[] = [
  {
    path: '/docs',
    title: 'First letter',
    text: (
      <>
        <p>
          Write a subject, write the letter, choose an hour. That is all there is to a first letter, and most second
          ones need no more.
        </p>
        <p>
          These pages are a single-page app: the links beside this text change the address without loading anything.
          Each is counted as a page view all the same, and the page you leave as engaged.
        </p>
      </>
    ),
  },
  {
    path: '/docs/install',
    title: 'Install',
    text: (
      <>
        <p>There is nothing to install. If you like to keep things yourself, there is one file:</p>
        <pre>
          <code>gnomon serve --letters ./letters</code>
        </pre>
        <p>Letters are text files in a folder. A backup is a copy of the folder.</p>
      </>
    ),
  },
  {
    path: '/docs/campaigns',
    title: 'Campaigns',
    text: (
      <>
        <p>
          Links in a letter can carry <code>utm_source=letter</code> and <code>utm_campaign=spring</code>, so that your
          statistics can tell readers of the letter from everybody else.
        </p>
        <p>They are the same in every copy. A link that differs from reader to reader is a name tag.</p>
      </>
    ),
  },
  {
    path: '/docs/time-zones',
    title: 'Time zones',
    text: (
      <p>
        A reader’s time zone is asked for once, when they subscribe, and can be left out. A letter without an hour goes
        at yours.
      </p>
    ),
  },
]

export const DocsPage: FC<{ frame: SiteFrame; section: Section }> = ({ frame, section }) => (
  <Frame frame={frame} title={section.title} here="/docs" client={`${frame.root}/docs.js`}>
    <div class="docs">
      <nav aria-label="Documentation">
        {DOCS_SECTIONS.map(({ path, title }) => (
          <a href={`${frame.root}${path}`} {...(path === section.path ? { 'aria-current': 'page' } : {})}>
            {title}
          </a>
        ))}
      </nav>
      {DOCS_SECTIONS.map(({ path, title, text }) => (
        <article class="text" data-path={`${frame.root}${path}`} hidden={path !== section.path}>
          <h1>{title}</h1>
          {text}
        </article>
      ))}
    </div>
  </Frame>
)

export const DOCS_CLIENT = `// Shows the section of the address, and changes the address without loading.
const show = () => {
  for (const article of document.querySelectorAll('[data-path]')) {
    article.hidden = article.dataset.path !== location.pathname
    if (!article.hidden) document.title = article.querySelector('h1').textContent + ' · Gnomon'
  }
  for (const link of document.querySelectorAll('.docs nav a'))
    link.pathname === location.pathname ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')
}
document.querySelector('.docs nav').addEventListener('click', (event) => {
  const link = event.target.closest('a')
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  show()
})
addEventListener('popstate', show)
`
