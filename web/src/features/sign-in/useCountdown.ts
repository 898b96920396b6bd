import { useEffect, useState } from 'react'
import { Problem } from '@/core/api'

/** Seconds until the server lets us try again after it refused for too many attempts; 0 when it does. */
export function useCountdown(problem: unknown): number {
  const waitS = problem instanceof Problem && problem.status === 429 ? (problem.retryAfterS ?? 30) : 0
  const [left, setLeft] = useState({ problem, seconds: waitS })
  useEffect(() => {
    const until = Date.now() + waitS * 1000
    const tick = () => setLeft({ problem, seconds: Math.max(0, Math.ceil((until - Date.now()) / 1000)) })
    tick()
    if (waitS === 0) return
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [problem, waitS])
  return left.problem === problem ? left.seconds : waitS
}
