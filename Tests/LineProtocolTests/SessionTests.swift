import LineProtocol
import RegistryModel
import Testing

/// A session answers each request once, in order, and lets nobody do what he may not.
///
/// Method: a driver performs requests at once or holds writes back; replies are literal.
@Suite struct SessionTests {
    @Test func nothingWithoutAToken() {
        var driver = SessionDriver()
        driver.feed("HELLO 1\nPING\nGET patient a:1\nMATCH given=x\nPUT patient\nSTATS\n")
        let refused = "ERR unauthenticated say who is asking first: AUTH token=TOKEN\n"
        let expected = "OK 0 version=1\nOK 0\n" + String(repeating: refused, count: 4)
        #expect(driver.text == expected)
        #expect(driver.performed == [.hello])
    }

    @Test func rolesAndSources() {
        var driver = SessionDriver()
        driver.feed(
            "AUTH token=reader-token\nPUT patient source=north local_id=1\nGET patient a:1\n")
        driver.feed("AUTH token=auditor-token\nGET patient a:1\nSTATS\n")
        driver.feed("AUTH token=feeder-token\nPUT patient source=south local_id=1\n")
        driver.feed("PUT patient source=north local_id=1\n")
        let expected = """
            OK 0 client=ehr
            ERR forbidden the role reader may not PUT
            OK 1
            {"verb":"GET"}
            OK 0 client=audit
            ERR forbidden the role auditor may not GET
            OK 1
            {"verb":"STATS"}
            OK 0 client=feed
            ERR forbidden the client may not speak for this source
            OK 1
            {"local_id":"1"}

            """
        #expect(driver.text == expected)
    }

    @Test func accessThatEnds() {
        var driver = SessionDriver()
        driver.feed("AUTH token=reader-token\n")
        driver.session.update(nil)
        driver.feed("@x GET patient a:1\n")
        #expect(
            driver.text.hasSuffix(
                "@x ERR unauthenticated say who is asking first: AUTH token=TOKEN\n"))
    }

    @Test func repliesKeepTheOrderOfTheRequests() {
        var driver = SessionDriver()
        driver.holdsWrites = true
        driver.feed("AUTH token=feeder-token\n")
        driver.output = []
        for local in 0..<3 { driver.feed("@\(local) PUT patient source=north local_id=\(local)\n") }
        driver.feed("@p PING\n@bad GET\n@g GET patient a:1\n@q PING\n")
        #expect(driver.output.isEmpty)
        #expect(driver.openWrites.count == 3)
        #expect(driver.session.openRequestsCount == 6)
        driver.answerWrites(inOrder: [2, 0, 1])
        let replies = driver.text.split(separator: "\n").filter { $0.hasPrefix("@") }
        let tags = replies.map { $0.prefix { $0 != " " } }
        #expect(tags == ["@0", "@1", "@2", "@p", "@bad", "@g", "@q"])
        #expect(driver.session.openRequestsCount == 0)
    }

    @Test func readsWaitForTheWritesBeforeThem() {
        var driver = SessionDriver()
        driver.holdsWrites = true
        driver.feed(
            "AUTH token=feeder-token\nPUT patient source=north local_id=1\nGET patient a:1\n")
        #expect(driver.performed.count == 2)
        driver.answerWrites(inOrder: [0])
        #expect(driver.performed.count == 3)
        #expect(driver.text.hasSuffix("{\"local_id\":\"1\"}\nOK 1\n{\"verb\":\"GET\"}\n"))
    }

    @Test func openRequestsAreBounded() {
        var driver = SessionDriver()
        driver.holdsWrites = true
        driver.feed("AUTH token=feeder-token\n")
        for local in 0..<300 { driver.feed("PUT patient source=north local_id=\(local)\n") }
        #expect(driver.openWrites.count == ProtocolLimits.outstandingMax)
        while !driver.openWrites.isEmpty {
            driver.answerWrites(inOrder: Array(driver.openWrites.indices.reversed()))
        }
        let last = driver.text.split(separator: "\n").last
        #expect(last == "{\"local_id\":\"299\"}")
    }

    @Test func unsentBytesStopTheSession() {
        var driver = SessionDriver()
        driver.feed(String(repeating: "HELP\n", count: 1000))
        let stopped = driver.output.count
        #expect(stopped >= ProtocolLimits.outputBytesMax)
        #expect(stopped < ProtocolLimits.outputBytesMax + 8192)
        driver.output = []
        driver.run()
        #expect(!driver.output.isEmpty)
    }

    @Test func failedAuthenticationsEndTheSession() {
        var driver = SessionDriver()
        driver.feed(String(repeating: "AUTH token=x\n", count: 4) + "AUTH token=reader-token\n")
        #expect(!driver.isClosed)
        driver.feed(String(repeating: "AUTH token=x\n", count: 7))
        #expect(driver.isClosed)
        #expect(driver.text.split(separator: "\n").filter { $0.hasPrefix("ERR") }.count == 9)
    }

    @Test func quitWaitsForOpenRequests() {
        var driver = SessionDriver()
        driver.holdsWrites = true
        driver.feed("AUTH token=feeder-token\nPUT patient source=north local_id=1\nQUIT\nPING\n")
        #expect(!driver.isClosed)
        driver.answerWrites(inOrder: [0])
        #expect(driver.isClosed)
        #expect(driver.text.hasSuffix("{\"local_id\":\"1\"}\nOK 0\n"))
    }

    @Test func linesThatAreTooLong() {
        var driver = SessionDriver()
        driver.feed("PING\n" + String(repeating: "x", count: 200_000))
        driver.feed("\n@a PING\n")
        #expect(driver.text == "OK 0\nERR too-long a line has at most 65536 bytes\n@a OK 0\n")
    }

    @Test func headerValuesAreQuotedWhereNeeded() {
        var output: [UInt8] = []
        for value in ["plain", "", "two words", "a\"b", "{", "ñ"] {
            Reply.appendValue(value, to: &output)
            output.append(0x20)
        }
        let expected = #"plain "" "two words" "a\"b" "{" ñ "#
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }
}
