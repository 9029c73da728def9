package dev.rollcall.testing;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Where the running servers are. Every role has the same password; it is empty where none is needed.
public record Servers(String jdbcUrl, String bootstrapServers, String password) {

    /// The ledger's owner, who may do everything.
    public static final String OWNER = "postgres";

    /// Connections as one of the services' roles, such as `rollcall_worker`. Not pooled.
    public DataSource dataSource(String role) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(role);
        dataSource.setPassword(password);
        dataSource.setCurrentSchema("rollcall");
        return dataSource;
    }

    /// Connections that look from outside. Not pooled.
    public DataSource ownerDataSource() {
        return dataSource(OWNER);
    }

    public Connection ownerConnection() throws SQLException {
        return ownerDataSource().getConnection();
    }
}
