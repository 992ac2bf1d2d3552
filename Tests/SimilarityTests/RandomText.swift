import SeededTesting

/// Values that exercise the kernels: few letters so that they match, several scripts, any length.
func randomText(lengthMax: Int, _ generator: inout SeededGenerator) -> String {
    let alphabets: [[Character]] = [
        Array("ab"), Array("abcdefgh"), Array("aeioulnrst"), Array("محمدعلیرضا"), Array("éñüßЖ🙂𝒳"),
    ]
    let alphabet = alphabets[Int.random(in: 0..<alphabets.count, using: &generator)]
    let length = Int.random(in: 0...lengthMax, using: &generator)
    let letters = (0..<length).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
    }
    return String(letters)
}

/// A value some edits away from another one.
func edited(_ text: String, edits: Int, _ generator: inout SeededGenerator) -> String {
    var letters = Array(text)
    for _ in 0..<edits {
        let place = Int.random(in: 0...letters.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters.insert("a", at: place)
        case 1 where place < letters.count: letters.remove(at: place)
        case 2 where place < letters.count: letters[place] = "e"
        case 3 where place + 1 < letters.count: letters.swapAt(place, place + 1)
        default: break
        }
    }
    return String(letters)
}
