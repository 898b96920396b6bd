import { useEffect, useState } from 'react'

type Results = typeof import('./SwitcherResults')['SwitcherResults']

const retryMs = 1_000
let loaded: Results | null = null

/** Fetches the list of the switcher: beside the page, before somebody looks for anything. */
export async function loadSwitcherResults(): Promise<Results> {
  loaded ??= (await import('./SwitcherResults')).SwitcherResults
  return loaded
}

/** The list, once it is there. Not lazy(): that shows what was fetched a third of a second late. */
export function useSwitcherResults(): { Results: Results | null; failed: boolean } {
  const [state, setState] = useState({ Results: loaded, failed: false })
  useEffect(() => {
    if (state.Results) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const fetch = () =>
      void loadSwitcherResults().then(
        Results => !gone && setState({ Results, failed: false }),
        () => {
          if (gone) return
          setState({ Results: null, failed: true })
          timer = setTimeout(fetch, retryMs)
        },
      )
    fetch()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [state.Results])
  return state
}
