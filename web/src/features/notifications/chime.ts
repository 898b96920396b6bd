/** Two soft notes, the second a fifth higher: Hz, and when each begins, s. */
const notes = [
  { pitch: 587.33, from: 0 },
  { pitch: 880, from: 0.12 },
]
const lastsS = 0.5
const loudness = 0.12

let sound: AudioContext | undefined

/** A browser may refuse it until something was pressed on the page: then it is silent. */
export async function chime(): Promise<void> {
  sound ??= new AudioContext()
  if (sound.state === 'suspended') await sound.resume()
  for (const { pitch, from } of notes) {
    const begin = sound.currentTime + from
    const volume = new GainNode(sound, { gain: 0 })
    volume.gain.linearRampToValueAtTime(loudness, begin + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, begin + lastsS)
    const note = new OscillatorNode(sound, { type: 'sine', frequency: pitch })
    note.connect(volume).connect(sound.destination)
    note.start(begin)
    note.stop(begin + lastsS)
  }
}
