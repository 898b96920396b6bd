import { render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import { expect, test } from 'vitest'
import { part } from './part'

const text = (suspended: boolean) => (suspended ? 'waits' : 'there')

function make() {
  const { Part, load } = part(async () => () => <p>there</p>)
  const show = () =>
    render(
      <Suspense fallback={<p>waits</p>}>
        <Part />
      </Suspense>,
    )
  return { load, show }
}

test('what was fetched beforehand is there in the first frame', async () => {
  const { load, show } = make()
  await load()
  show()
  expect(screen.queryByText(text(true))).toBeNull()
  expect(screen.getByText(text(false))).toBeTruthy()
})

test('what was not is waited for', async () => {
  const { show } = make()
  show()
  expect(screen.getByText(text(true))).toBeTruthy()
  expect(await screen.findByText(text(false))).toBeTruthy()
})
