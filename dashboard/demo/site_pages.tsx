// The demo site's pages, except its documentation. Gnomon is an invented newsletter service.
import type { Child, FC } from 'hono/jsx'
import { Frame, type SiteFrame } from './site_frame.tsx'

interface PageProps {
  frame: SiteFrame
}

export const HomePage: FC<PageProps> = ({ frame }) => (
  <Frame frame={frame} title="Newsletters that arrive on time">
    <section class="hero">
      <h1>Newsletters that arrive on time</h1>
      <p>
        Write in peace, send at the hour your readers have theirs. Gnomon does the post, and nothing behind your back.
      </p>
      <p class="actions">
        <a class="button" href={`${frame.root}/signup`}>
          Start for free
        </a>
        <a href={`${frame.root}/docs`}>Read the docs</a>
      </p>
    </section>
    <section class="three">
      <article>
        <h2>Plain writing</h2>
        <p>A page, a cursor, a preview that looks like the letter. Links and pictures, no blocks to arrange.</p>
      </article>
      <article>
        <h2>Local hours</h2>
        <p>A letter sent for eight in the morning comes at eight, in Lisbon as in Tallinn.</p>
      </article>
      <article>
        <h2>Quiet numbers</h2>
        <p>How many letters went out and how many came back. Not who opened which, nor when.</p>
      </article>
    </section>
  </Frame>
)

const PLANS = [
  { name: 'free', label: 'Free', price: '€0', text: 'Up to 500 readers, one newsletter.' },
  { name: 'pro', label: 'Pro', price: '€9', text: 'Up to 10,000 readers, your own address.' },
  { name: 'team', label: 'Team', price: '€29', text: 'As many readers and writers as you have.' },
] as const

export const PricingPage: FC<PageProps> = ({ frame }) => (
  <Frame frame={frame} title="Pricing" here="/pricing">
    <h1>Pricing</h1>
    <p class="lead">By the month, and cancelled with one click.</p>
    <section class="three">
      {PLANS.map(({ name, label, price, text }) => (
        <article class="card">
          <h2>{label}</h2>
          <p class="price">{price}</p>
          <p>{text}</p>
          <a class="button" href={`${frame.root}/signup?plan=${name}`}>
            Choose {label}
          </a>
        </article>
      ))}
    </section>
  </Frame>
)

export const SignupPage: FC<PageProps & { plan: string | undefined }> = ({ frame, plan }) => (
  <Frame frame={frame} title="Sign up">
    <h1>Sign up</h1>
    <p class="lead">
      Nothing is asked and nothing is made. The button sends the custom event <code>signup</code> with the chosen plan.
    </p>
    <form id="signup" class="card">
      <fieldset>
        <legend>Plan</legend>
        {PLANS.map(({ name, label, text }) => (
          <label>
            <input type="radio" name="plan" value={name} checked={name === (plan ?? 'free')} />
            <b>{label}</b> <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button">
        Sign up
      </button>
      <p role="status" />
    </form>
    <pre>
      <code>{"sundial('signup', { plan: 'pro' })"}</code>
    </pre>
    {/* Ours, and a constant: nothing of a request gets in here. */}
    <script dangerouslySetInnerHTML={{ __html: SIGNUP_CLIENT }} />
  </Frame>
)

export const SIGNUP_CLIENT = `
const form = document.getElementById('signup')
form.addEventListener('submit', (event) => {
  event.preventDefault()
  const plan = new FormData(form).get('plan')
  sundial('signup', { plan })
  form.querySelector('[role=status]').textContent = 'Sent: signup, with plan=' + plan + '.'
})
`

export const AboutPage: FC<PageProps> = ({ frame }) => (
  <Frame frame={frame} title="About" here="/about">
    <article class="text">
      <h1>About</h1>
      <p>
        A gnomon is the part of a sundial that throws the shadow. It does not move, needs no winding, and is right for
        as long as the sun is.
      </p>
      <p>
        We are nobody: this site was made up so that Sundial has something to count. Its pages are real, though, and so
        is the way from here to the dashboard.
      </p>
    </article>
  </Frame>
)

interface Post {
  name: string
  title: string
  summary: string
  text: Child
}

export const BLOG_POSTS: readonly Post[] = [
  {
    name: 'a-field-guide-to-landing-pages',
    title: 'A field guide to landing pages',
    summary: 'Where people arrive is seldom where you meant them to.',
    text: (
      <>
        <p>
          Every site has a front door, and most visitors come in through the kitchen window. They followed a link to one
          page, and that page is, for them, the site.
        </p>
        <h2>The stray</h2>
        <p>
          An old post that a search engine loves. It is read to the end and left by the same window. Put one sentence
          there that says who you are, and one link that is worth following.
        </p>
        <h2>The promise</h2>
        <p>
          The page your letter links to. Its readers know you. They want what the subject line said, on the first
          screen, in the same words.
        </p>
        <h2>The lobby</h2>
        <p>
          Your home page. Those who come here typed your name. Get out of their way: three doors, plainly labelled, do
          more than a carousel.
        </p>
        <p>
          Count arrivals by page and by source, look at the pairs, and you will know which kind you have. You do not
          need to know who any of them was.
        </p>
      </>
    ),
  },
  {
    name: 'the-trouble-with-bots',
    title: 'The trouble with bots',
    summary: 'Half of a small site’s visitors are not people, and some of them say so.',
    text: (
      <>
        <p>
          The honest ones sign their name. They can be left out by reading it, and no harm is done. The others claim to
          be a browser from four years ago, come at three in the morning, and read every page for no time at all.
        </p>
        <h2>What gives them away</h2>
        <p>
          Time, mostly. A person leaves the tab open, looks away, comes back. If what you count is time with the page in
          front of somebody, a robot’s visit weighs what it should: nothing.
        </p>
        <h2>What does not help</h2>
        <p>
          Lists of addresses, which are out of date by noon, and fingerprints, which catch people first. A number that
          is two percent too high is better than a file on everyone who made it up.
        </p>
      </>
    ),
  },
]

export const BlogPage: FC<PageProps> = ({ frame }) => (
  <Frame frame={frame} title="Blog" here="/blog">
    <h1>Blog</h1>
    <ul class="posts">
      {BLOG_POSTS.map(({ name, title, summary }) => (
        <li>
          <a href={`${frame.root}/blog/${name}`}>{title}</a>
          <p>{summary}</p>
        </li>
      ))}
    </ul>
  </Frame>
)

export const PostPage: FC<PageProps & { post: Post }> = ({ frame, post }) => {
  const next = BLOG_POSTS.find(({ name }) => name !== post.name)
  return (
    <Frame frame={frame} title={post.title} here="/blog">
      <article class="text">
        <h1>{post.title}</h1>
        <p class="lead">{post.summary}</p>
        {post.text}
        {next && (
          <p class="next">
            Next: <a href={`${frame.root}/blog/${next.name}`}>{next.title}</a>
          </p>
        )}
      </article>
    </Frame>
  )
}

export const MissingPage: FC<PageProps> = ({ frame }) => (
  <Frame frame={frame} title="Not here">
    <h1>There is no such page</h1>
    <p>
      It may be one of the example traffic’s. <a href={frame.root}>Back to the start</a>
    </p>
  </Frame>
)
