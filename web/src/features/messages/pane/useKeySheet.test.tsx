import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { shortcuts } from '@/core/keys'
import { fillSlots } from '@/core/slots'
import { feature as messages } from '../messages/feature'
import { feature as reactions } from '../reactions/feature'
import { messageActions } from '../slots'
import { useKeySheet } from './useKeySheet'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

const wrapper = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>

test('the sheet lists what can be done with a message and in the editor, and takes no key from them', () => {
  fillSlots([...(messages.slots ?? []), ...(reactions.slots ?? [])])
  renderHook(() => useKeySheet(), { wrapper })
  const listed = shortcuts.list().map(({ keys }) => keys)
  const ofMessages = messageActions.entries.flatMap(({ key }) => key ?? [])
  expect(ofMessages).toEqual(expect.arrayContaining(['R', 'E']))
  expect(listed).toEqual(expect.arrayContaining([...ofMessages, 'Enter', 'Shift+Enter', 'Ctrl+B', 'Ctrl+E']))
  const press = new KeyboardEvent('keydown', { key: 'b', ctrlKey: true, cancelable: true })
  shortcuts.handle(press)
  expect(press.defaultPrevented).toBe(false)
})
