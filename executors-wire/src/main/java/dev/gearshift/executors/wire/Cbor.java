package dev.gearshift.executors.wire;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * The one CBOR factory. Our own limits are tighter than the parser's, and known to the caller; the parser's are set out
 * of their way.
 */
final class Cbor {
    /** A level of ours is at most two arrays, and the fingerprint one. */
    private static final int NESTING = 2 * 1_000 + 8;

    static final CBORFactory FACTORY = CBORFactory.builder()
            // The writer of half a document is closed too, when the other half cannot be written.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(NESTING).build())
            .build();

    private Cbor() {}
}
