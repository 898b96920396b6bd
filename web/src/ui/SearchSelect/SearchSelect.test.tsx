import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { SearchSelect } from './SearchSelect'

interface Place {
  id: string
  name: string
}

const places = (): Place[] => ['Beijing', 'Berlin', 'Shanghai'].map((name, index) => ({ id: String(index), name }))

function Picker({ all }: { all: Place[] }) {
  const [chosen, setChosen] = useState<string | null>('2')
  const [query, setQuery] = useState('')
  return (
    <>
      <SearchSelect<Place>
        aria-label="Place"
        value={all.find(({ id }) => id === chosen) ?? null}
        onValueChange={place => setChosen(place?.id ?? null)}
        options={all.filter(({ name }) => name.toLowerCase().includes(query))}
        onQueryChange={setQuery}
        labelOf={place => place.name}
        renderOption={place => place.name}
        empty="Nothing"
      />
      <output>{chosen}</output>
    </>
  )
}

test('what is chosen stands in the box; typing finds, Enter takes the best', async () => {
  render(<Picker all={places()} />)
  const box = screen.getByRole('combobox', { name: 'Place' })
  expect(box).toHaveProperty('value', 'Shanghai')
  await userEvent.clear(box)
  await userEvent.type(box, 'ber{Enter}')
  expect(screen.getByRole('status').textContent).toBe('1')
  expect(box).toHaveProperty('value', 'Berlin')
})

test('options that are fetched again do not disturb who is writing', async () => {
  const { rerender } = render(<Picker all={places()} />)
  const box = screen.getByRole('combobox', { name: 'Place' })
  await userEvent.clear(box)
  await userEvent.type(box, 'be')
  rerender(<Picker all={places()} />)
  await userEvent.type(box, 'i{Enter}')
  expect(screen.getByRole('status').textContent).toBe('0')
})
