// Makes a part of the page like another, touching only what differs: focus, open menus, scroll and what scripts have
// marked (data-*) stay. Used by live.ts and menus.ts.

/** What people and scripts have done to an element is theirs. */
const THEIRS = /^(data-(at|read)|open|tabindex|role)$/

export function morph(now: Element, next: Element): void {
  if (now.isEqualNode(next)) return
  for (const { name } of [...now.attributes])
    if (!next.hasAttribute(name) && !isTheirs(now, name)) now.removeAttribute(name)
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value && !isTheirs(now, name)) now.setAttribute(name, value)
  }
  morphChildren(now, next)
}

function morphChildren(now: Element, next: Element): void {
  const [before, after] = [[...now.childNodes], [...next.childNodes]]
  after.forEach((node, index) => {
    const there = before[index]
    if (!there) now.append(document.importNode(node, true))
    else if (there instanceof Element && node instanceof Element && isLike(there, node)) morph(there, node)
    else if (there instanceof Text && node instanceof Text) setText(there, node.data)
    else there.replaceWith(document.importNode(node, true))
  })
  for (const rest of before.slice(after.length)) rest.remove()
}

function isLike(there: Element, node: Element): boolean {
  return there.tagName === node.tagName && there.id === node.id
}

function setText(there: Text, words: string): void {
  if (there.data !== words) there.data = words
}

function isTheirs(now: Element, name: string): boolean {
  return THEIRS.test(name) || (name === 'aria-label' && now.getAttribute('role') === 'application')
}
