import { describe, expect, test } from 'vitest'
import type { Id, Person } from '@/core/api'
import { applyEvent } from '@/log/reducer/apply-event.ts'
import { applyMe, applyPeople } from '@/log/reducer/apply-org.ts'
import { event, start } from '@/log/testing/small-site.ts'

describe('people and units', () => {
  test('a changed person shows at once; what the server works out is fetched', () => {
    const { state } = start()
    const title = applyEvent(state, event(2, 'org.person_changed', { person: '2', title: 'Lead' }))
    expect(title.people['2']).toMatchObject({ title: 'Lead', name: 'Person 2' })
    expect(title).toMatchObject({ news: { 'org.person_changed': 2 }, wanted: { people: {}, me: false } })
    const name = applyEvent(state, event(2, 'org.person_changed', { person: '2', name: '李' }))
    expect(name.wanted.people).toEqual({ 2: true })
    const answered = applyPeople(name, ['2'], [{ ...(name.people['2'] as Person), pinyin: 'li' }])
    expect(answered.wanted.people).toEqual({})
    expect(answered.people['2']).toMatchObject({ name: '李', pinyin: 'li' })
  })

  test('I am a person, too', () => {
    const { state } = start()
    const after = applyEvent(state, event(2, 'org.person_changed', { person: '1', unit: '9' }))
    expect(after.me.person).toMatchObject({ unit: '9' })
    expect(after.wanted.me).toBe(true)
    const reached = applyEvent(state, event(2, 'org.person_changed', { person: '1' })) // by another telephone number
    expect(reached.wanted.me).toBe(true)
    expect(applyMe(after, state.me)).toMatchObject({ me: state.me, wanted: { me: false } })
  })

  test('the deactivated are no longer active, until they are again', () => {
    const { state } = start()
    const gone = applyEvent(state, event(2, 'org.person_deactivated', { person: '2' }))
    expect(gone.people['2']?.active).toBe(false)
    expect(applyEvent(gone, event(3, 'org.person_reactivated', { person: '2' })).people['2']?.active).toBe(true)
  })

  test('a moved unit changes the branch of people', () => {
    const { state } = start()
    const unit = { unit: '4', name: 'Sales' }
    expect(applyEvent(state, event(2, 'org.unit_changed', unit)).wanted).toEqual(state.wanted)
    const moved = applyEvent(state, event(2, 'org.unit_changed', { unit: '4', parent: '9' }))
    expect(moved.wanted).toMatchObject({ me: true, people: { 1: true, 2: true, 3: true } })
  })

  test('what I may do is fetched when a grant changes', () => {
    const { state } = start()
    const given = event(2, 'identity.grant_given', { grant: '8', person: '1', role: 'admin', unit: '3' })
    expect(applyEvent(state, given).wanted.me).toBe(true)
    expect(applyEvent(state, event(2, 'identity.grant_revoked', { grant: '8', person: '1' })).wanted.me).toBe(true)
  })

  test('my session ends when it is revoked, not when another is', () => {
    const { state } = start()
    const revoked = (session: Id) =>
      applyEvent(state, event(2, 'identity.session_revoked', { session, person: '1' })).ended
    expect(revoked(state.me.session)).toBe(true)
    expect(revoked('12')).toBe(false)
  })
})
