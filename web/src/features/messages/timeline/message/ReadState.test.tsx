import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Id, Member } from '@/core/api'
import { Members } from '@/log/reducer/members.ts'
import { message } from '@/log/testing/examples'
import { PaneContext } from '../../pane/pane-context'
import { ReadState } from './ReadState'

let members: Members

vi.mock('@/log', async original => ({ ...(await original<object>()), useMembers: () => members }))

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

function member(person: Id, read_seq: number): Member {
  return { person, role: 'member', joined: '1', read_seq, marks: [] }
}

/** What stands under three messages of mine, one after the other. */
function under(kind: 'direct' | 'group', others: Member[]): string[] {
  members = Members.of([member('1', 3), ...others])
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <PaneContext value={{ kind } as never}>
        {[1, 2, 3].map(seq => (
          <div key={seq} data-testid={seq}>
            <ReadState
              message={message({ id: `${10 + seq}`, sender: '1', seq })}
              endsRun={seq === 3}
              nextMine={seq < 3 ? seq + 1 : null}
            />
          </div>
        ))}
      </PaneContext>
    </I18nProvider>,
  )
  return [...container.querySelectorAll('[data-testid]')].map(({ textContent }) => textContent ?? '')
}

test('in a direct conversation it is said once, at the last that was read and at the last that was not', () => {
  expect(under('direct', [member('2', 0)])).toEqual(['', '', 'Unread'])
  expect(under('direct', [member('2', 2)])).toEqual(['', 'Read', 'Unread'])
  expect(under('direct', [member('2', 3)])).toEqual(['', '', 'Read'])
})

test('in a group it stands at the end of what belongs together, with how many have not read it', () => {
  expect(under('group', [member('2', 3), member('3', 2)])).toEqual(['', '', 'Unread by 1'])
  expect(under('group', [member('2', 3), member('3', 3)])).toEqual(['', '', 'Read by all'])
})
