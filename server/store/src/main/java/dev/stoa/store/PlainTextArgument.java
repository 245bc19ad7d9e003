package dev.stoa.store;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Binds texts without the character U+0000, which PostgreSQL cannot keep. It reaches us in names and metadata that
/// clients choose; refusing the row would lose the record of a stay, or hold up all records that wait behind it.
final class PlainTextArgument extends AbstractArgumentFactory<String> {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    PlainTextArgument() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
        String plain = value.indexOf(NUL) < 0 ? value : value.replace(NUL, REPLACEMENT);
        return (position, statement, context) -> statement.setString(position, plain);
    }
}
