import Identity
import RegistryModel
import Testing

@testable import Registry

/// Live submissions are dealt out to two batches, of which one is matched while the other is written.
///
/// Method: a queue by itself, counted out step by step; sixty-four clients, each of which submits again as
/// soon as it is answered.
@Suite struct SubmissionQueueTests {
    private func submit(_ count: Int, to queue: SubmissionQueue) {
        for number in 0..<count {
            let row = SubmittedRow(
                source: 1, localID: "\(number)", recordedAt: 0, person: PersonRecord())
            queue.add(PendingSubmission(row: row, actor: "") { _ in })
        }
    }

    private func next(_ queue: SubmissionQueue) -> Int? {
        if case .submissions(let batch) = queue.next() { return batch.count }
        return nil
    }

    @Test func allGoInTwoHalves() {
        let queue = SubmissionQueue()
        submit(64, to: queue)
        #expect(next(queue) == 32)
        #expect(queue.takeSubmissionsAhead(beside: 32, behind: 0).count == 32)
        #expect(queue.takeSubmissionsAhead(beside: 32, behind: 32).isEmpty)
    }

    @Test func aLoneOneDoesNotStayAlone() {
        let queue = SubmissionQueue()
        submit(1, to: queue)
        #expect(next(queue) == 1)
        submit(63, to: queue)
        // Those that came while the first was written.
        #expect(queue.takeSubmissionsAhead(beside: 1, behind: 0).count == 32)
        // The first one's client is back: the others wait for the batch behind this one.
        submit(1, to: queue)
        #expect(queue.takeSubmissions(beside: 1, behind: 32).count == 1)
        #expect(queue.takeSubmissionsAhead(beside: 33, behind: 0).count == 31)
    }

    @Test func fewAreNotDivided() {
        let queue = SubmissionQueue()
        submit(RegistryLimits.submissionsBatchMin, to: queue)
        #expect(next(queue) == RegistryLimits.submissionsBatchMin)
        submit(3, to: queue)
        #expect(queue.takeSubmissionsAhead(beside: 1, behind: 0).count == 3)
        submit(2, to: queue)
        #expect(queue.takeSubmissions(beside: 1, behind: 3).count == 2)
    }

    @Test func whoComesLateIsTakenAlong() {
        let queue = SubmissionQueue()
        submit(64, to: queue)
        #expect(next(queue) == 32)
        #expect(queue.takeSubmissionsAhead(beside: 32, behind: 0).count == 32)
        // Thirty of the first are back while the second is written, two when it begins to be.
        submit(30, to: queue)
        #expect(queue.takeSubmissionsAhead(beside: 32, behind: 0).count == 30)
        submit(2, to: queue)
        #expect(queue.takeSubmissions(beside: 32, behind: 30).count == 2)
    }

    @Test func besideALoadAllGoAtOnce() {
        let queue = SubmissionQueue()
        submit(64, to: queue)
        queue.announceLoad()
        #expect(next(queue) == 64)
        submit(64, to: queue)
        #expect(queue.takeSubmissionsAhead(beside: 64, behind: 0).isEmpty)
        guard case .loadChunk = queue.next() else {
            Issue.record("a load has every second turn")
            return
        }
        #expect(next(queue) == 64)
    }

    @Test func noBatchIsLargerThanItMayBe() {
        let queue = SubmissionQueue()
        submit(3 * RegistryLimits.submissionsBatchMax, to: queue)
        #expect(next(queue) == RegistryLimits.submissionsBatchMax)
        queue.announceLoad()
        #expect(next(queue) == nil)
        #expect(next(queue) == RegistryLimits.submissionsBatchMax)
    }
}
