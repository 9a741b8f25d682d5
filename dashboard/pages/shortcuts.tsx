// The keys that a page takes where scripts run: as a sheet that `?` opens over it, and as a page of its own.
import type { FC } from 'hono/jsx'

const KEYS: readonly { title: string; keys: readonly (readonly [keys: string, does: string])[] }[] = [
  {
    title: 'Period',
    keys: [
      ['D', 'Today'],
      ['E', 'Yesterday'],
      ['W', '7 days'],
      ['F', '28 days'],
      ['T', '30 days'],
      ['N', '91 days'],
      ['M', 'Month to date'],
      ['Y', 'Year to date'],
      ['L', '12 months'],
      ['A', 'All time'],
      ['C', 'Calendar'],
      ['← →', 'Earlier, later'],
    ],
  },
  {
    title: 'Numbers',
    keys: [
      ['X', 'Comparison on or off'],
      ['← →', 'In the chart: value by value'],
      ['Enter', 'In the chart: open what is read'],
      ['/', 'Find a value'],
    ],
  },
  {
    title: 'Ways',
    keys: [
      ['G S', 'Sites'],
      ['Esc', 'Close a menu'],
      ['?', 'These keys'],
    ],
  },
]

export const ShortcutList: FC = () => (
  <div class="keys">
    {KEYS.map(({ title, keys }) => (
      <section>
        <h2>{title}</h2>
        <dl>
          {keys.map(([pressed, does]) => (
            <div>
              <dt>{does}</dt>
              <dd>
                {pressed.split(' ').map((key) => (
                  <kbd>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
    <p class="hint">
      Where there are several sites, this browser remembers in its local storage which one it showed last. That is sent
      nowhere.
    </p>
  </div>
)

export const ShortcutsSheet: FC = () => (
  <dialog class="sheet" aria-labelledby="shortcuts">
    <h2 id="shortcuts">Keyboard shortcuts</h2>
    <button type="button" class="close" aria-label="Close">
      ×
    </button>
    <ShortcutList />
  </dialog>
)
