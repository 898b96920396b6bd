import { expect, test } from 'vitest'
import { differences, type OpenApi } from './check-api.ts'

test('says what the server and the client each lack', () => {
  const server: OpenApi = {
    paths: { '/api/me': { get: {} }, '/api/tasks/{task}': { get: {}, parameters: [] } },
    components: { schemas: { Member: { properties: { person: {}, role: {}, joined: {}, since: {} } } } },
  }
  const found = differences(server)
  expect(found).toContain('the client does not know GET /tasks/{}')
  expect(found).toContain('the server has no GET /sync')
  expect(found).toContain("the server's Member has no read_seq")
  expect(found).toContain("the client's Member lacks since")
  expect(found.join()).not.toContain('/me,')
})
