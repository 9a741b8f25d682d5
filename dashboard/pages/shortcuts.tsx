// The keys that a page takes where scripts run: as a sheet that `?` opens over it, and as a page of its own.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { Words } from '../words.ts'

interface Keys {
  title: string
  /** Those that are pressed at once or in a row, and what they do. */
  keys: readonly (readonly [pressed: readonly string[], does: string])[]
}

function keysOf({ shortcuts: words, numbers: { periods }, panels }: Words): readonly Keys[] {
  const arrows = ['←', '→']
  return [
    {
      title: words.period,
      keys: [
        [['D'], periods.today],
        [['E'], periods.yesterday],
        [['W'], periods['7d']],
        [['F'], periods['28d']],
        [['T'], periods['30d']],
        [['N'], periods['91d']],
        [['M'], periods.month],
        [['Y'], periods.year],
        [['L'], periods['12mo']],
        [['A'], periods.all],
        [['C'], words.calendar],
        [arrows, words.earlierLater],
      ],
    },
    {
      title: words.numbers,
      keys: [
        [['X'], words.comparison],
        [arrows, words.readChart],
        [[words.enter], words.openRead],
        [[...arrows, '↑', '↓'], panels.week.reading],
        [['/'], words.find],
      ],
    },
    {
      title: words.ways,
      keys: [
        [['G', 'S'], words.sites],
        [[words.escape], words.closeMenu],
        [[words.escape], panels.filter.remove],
        [['?'], words.these],
      ],
    },
  ]
}

export const ShortcutList: FC = () => {
  const words = useWords()
  return (
    <div class="keys">
      {keysOf(words).map(({ title, keys }) => (
        <section>
          <h2>{title}</h2>
          <dl>
            {keys.map(([pressed, does]) => (
              <div>
                <dt>{does}</dt>
                <dd>
                  {pressed.map((key) => (
                    <kbd>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p class="hint">{words.shortcuts.remembers}</p>
    </div>
  )
}

export const ShortcutsSheet: FC = () => {
  const { shortcuts: words } = useWords()
  return (
    <dialog class="sheet" aria-labelledby="shortcuts">
      <h2 id="shortcuts">{words.title}</h2>
      <button type="button" class="close" aria-label={words.close}>
        ×
      </button>
      <ShortcutList />
    </dialog>
  )
}
