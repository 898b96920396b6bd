/** For tests: people of whom nothing matters but that they can be told apart. */
import type { Id, Me, Person } from '../../core/api/contract.ts'

export function personOf(id: Id, some: Partial<Person> = {}): Person {
  const name = `Person ${id}`
  return { id, name, pinyin: '', initials: '', title: '', unit: '3', branch: '3', active: true, ...some }
}

export function meOf(id: Id): Me {
  return {
    person: { ...personOf(id), email: '', phone: '', units: [] },
    login: 'me',
    permissions: [],
    preferences: {
      locale: 'en',
      theme: 'system',
      send_key: 'enter',
      density: 'comfortable',
      text_scale: 100,
      notify: 'all',
      notify_sound: false,
      quiet_until: 0,
    },
    policies: { 'messaging.edit_window_s': 86_400, 'messaging.recall_window_s': 86_400 },
    unit_locale: null,
    must_change_password: false,
    session: '77',
  }
}
